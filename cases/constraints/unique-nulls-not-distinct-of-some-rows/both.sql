create table item (id int primary key, kind int, code text, live boolean, updated_at timestamptz not null default '2025-01-01');
create unique index on item (kind, code) nulls not distinct where live;
