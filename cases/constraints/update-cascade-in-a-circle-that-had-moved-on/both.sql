create table boss (id int primary key, code text unique, team text, updated_at timestamptz default '2025-01-01');
create table team (id int primary key, code text unique, boss text, updated_at timestamptz default '2025-01-01');
alter table boss add constraint leads foreign key (team) references team (code) on update cascade;
alter table team add constraint led_by foreign key (boss) references boss (code) on update cascade;
