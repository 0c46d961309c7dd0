create table boss (id int primary key, code text unique, team int, updated_at timestamptz default '2025-01-01');
create table team (id int primary key, boss int, updated_at timestamptz default '2025-01-01');
alter table boss add constraint leads foreign key (team) references team (id);
alter table team add constraint led_by foreign key (boss) references boss (id);
