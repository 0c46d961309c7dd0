alter database ${database} set lc_time = 'de_DE.UTF-8';
alter database ${database} set lc_numeric = 'de_DE.UTF-8';
