alter database ${database} set timezone = 'America/New_York';
create table t (id int primary key, v timestamptz);
insert into t values (1, '2024-07-01 12:00:00.000001+02'), (2, 'infinity'), (3, '2024-03-31 02:30-12');
