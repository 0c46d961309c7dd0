alter database ${database} set lc_monetary = 'en_US.UTF-8';
