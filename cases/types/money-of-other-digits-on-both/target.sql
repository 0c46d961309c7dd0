alter database ${database} set lc_monetary = 'ja_JP.UTF-8';
