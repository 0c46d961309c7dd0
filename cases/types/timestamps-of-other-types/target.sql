alter database ${database} set timezone = 'Asia/Tokyo';
create table t (id int primary key, v text, updated_at timestamp not null);
create table d (id int primary key, v text, updated_at timestamptz not null);
