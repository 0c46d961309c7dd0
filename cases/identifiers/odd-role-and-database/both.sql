create table t (id int primary key, v text);
create table "no""access" (id int primary key);
grant create, temporary on database ${database} to ${role};
grant usage, create on schema public to ${role};
alter table t owner to ${role};
alter database ${database} set datestyle = 'SQL, DMY';
alter role ${role} in database ${database} set extra_float_digits = 0;
