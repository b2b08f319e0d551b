"""One file a format of archive; a file that was released is never changed."""
