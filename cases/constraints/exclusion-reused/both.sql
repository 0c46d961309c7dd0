create table booking (id int primary key, during int4range, exclude using gist (during with &&), updated_at timestamptz default '2025-01-01');
