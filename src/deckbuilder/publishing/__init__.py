"""What a release needs: its lock mended, its version, its words, its files."""
