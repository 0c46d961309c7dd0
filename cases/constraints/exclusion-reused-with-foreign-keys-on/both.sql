create table booking (id int primary key, during int4range, exclude using gist (during with &&), updated_at timestamptz default '2025-01-01');
create table guest (id int primary key, booking int references booking);
