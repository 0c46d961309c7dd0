create table res_partner (id serial primary key, name varchar, parent_id integer references res_partner on delete set null, create_uid integer, write_uid integer, write_date timestamp, vat varchar, check ((vat is not null) or (name is not null)));
create table res_users (id serial primary key, login varchar not null unique, partner_id integer not null references res_partner on delete restrict, create_uid integer references res_users on delete set null, write_date timestamp);
alter table res_partner add foreign key (create_uid) references res_users on delete set null;
alter table res_partner add foreign key (write_uid) references res_users on delete set null;
create table res_groups (id serial primary key, name jsonb, write_date timestamp);
create table res_groups_users_rel (gid integer not null references res_groups on delete cascade, uid integer not null references res_users on delete cascade, primary key (gid, uid));
create index res_groups_users_rel_uid_gid_idx on res_groups_users_rel (uid, gid);
create table ir_attachment (id serial primary key, res_model varchar, res_id integer, db_datas bytea, file_size bigint, write_date timestamp);
