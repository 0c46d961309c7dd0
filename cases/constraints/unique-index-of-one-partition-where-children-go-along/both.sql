create table item (id int, month int, code text not null, updated_at timestamptz not null default '2025-01-01', primary key (id, month)) partition by range (month);
create table item_1 partition of item for values from (1) to (2);
create table item_2 partition of item default;
create unique index on item_1 (code);
create unique index on item_2 (month, code);
create table part (id int primary key, item int, month int, foreign key (item, month) references item on delete cascade);
