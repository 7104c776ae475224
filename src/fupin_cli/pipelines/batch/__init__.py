"""Many county workbooks, each judged by itself, in processes beside each other."""
