create table list (id int primary key);
create table item (id int primary key, list int not null references list, place smallint not null check (place >= 0), email varchar(80) not null, token uuid not null unique, updated_at timestamptz default '2025-01-01', unique (list, place));
create unique index on item (lower(email));
create table part (id int primary key, item int references item on delete cascade);
create table held (id int primary key, item int references item on delete restrict);
