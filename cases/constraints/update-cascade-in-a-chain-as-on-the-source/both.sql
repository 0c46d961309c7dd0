create table customer (id int primary key, code text unique, updated_at timestamptz default '2025-01-01');
create table purchase (id int primary key, code text references customer (code) on update cascade, no int, unique (code, no), updated_at timestamptz default '2025-01-01');
create table line (id int primary key, code text, no int, updated_at timestamptz default '2025-01-01', foreign key (code, no) references purchase (code, no) on update cascade);
