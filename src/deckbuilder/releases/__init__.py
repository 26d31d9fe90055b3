"""What has been built, or given away, opened again: compared, imported for trial, proved."""
