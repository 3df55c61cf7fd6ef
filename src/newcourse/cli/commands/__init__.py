"""The commands of ``newcourse``, one file each."""
