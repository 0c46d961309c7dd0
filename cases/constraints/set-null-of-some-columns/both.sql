create table parent (tenant int, id int, primary key (tenant, id), updated_at timestamptz default '2025-01-01');
create table child (id int primary key, tenant int not null, parent int, updated_at timestamptz default '2025-01-01',
  foreign key (tenant, parent) references parent on delete set null (parent));
