"""Where the files of an export stand: folders, zips, tar files, single files."""
