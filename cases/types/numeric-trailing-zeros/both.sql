create table t (id int primary key, n numeric, list numeric[], span numrange);
create table keyed (k numeric primary key, v text);
create table by_list (k numeric[] primary key, v text);
create table by_span (k numrange primary key, v text);
create table stamped (k numeric primary key, updated_at timestamptz not null default '2024-01-01');
