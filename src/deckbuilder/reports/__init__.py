"""Problems -> reports: the only package that words them for a reader, human or not."""
