alter database ${database} set lc_time = 'C';
alter database ${database} set lc_numeric = 'C';
insert into months values (1, '2024-03-01');
insert into numbers values (1, 1.5);
