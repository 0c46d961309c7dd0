alter database ${database} set timezone = 'Asia/Kolkata';
create table t (id int primary key, v timestamptz);
