alter database ${database} set timezone = 'America/New_York';
create table t (id int primary key, v timestamp);
