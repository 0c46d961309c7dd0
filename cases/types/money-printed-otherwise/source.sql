alter database ${database} set lc_monetary = 'de_DE.UTF-8';
set lc_monetary = 'de_DE.UTF-8';
insert into t values (1, '1.234,56 €', array['-0,01 €', '92.233.720.368.547.758,07 €']::money[]), (2, '-92233720368547758,08', null), (3, '1,5', '{}');
insert into keyed values ('1.000,00', 1), ('-1.000,00', 2);
insert into none values ('1.234,56'), ('0,99'), ('0,99');
