create table t (id int primary key, region varchar(2) not null, v text, imported_by text default 'nobody', level int not null, active boolean not null,
    rate numeric(6, 2), updated_at timestamptz not null);
