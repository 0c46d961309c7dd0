truncate t, n;
