create table booking (id int, room int, during int4range, updated_at timestamptz not null default '2025-01-01', primary key (id, room)) partition by list (room);
create table booking_1 partition of booking for values in (1);
create table booking_2 partition of booking for values in (2);
alter table booking_1 add exclude using gist (during with &&);
alter table booking_2 add exclude using gist (during with &&) where (not isempty(during));
