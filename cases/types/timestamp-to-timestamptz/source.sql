alter database ${database} set timezone = 'America/New_York';
create table t (id int primary key, v timestamp);
insert into t values (1, '2024-07-01 12:00:00.000001'), (2, 'infinity'), (3, '2024-03-31 02:30'), (4, '0001-01-01 BC');
