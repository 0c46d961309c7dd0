create table t (id int primary key, v text); grant create on database ${database} to ${role}; alter table t owner to ${role}; alter table t enable row level security;
