create sequence hibernate_sequence increment by 50;
create table realm (id varchar(36) not null, name varchar(255), master_admin_client varchar(36), enabled boolean default false not null, constraint constraint_4a primary key (id), constraint uk_orvsdmla56612eaefiq6wl5oi unique (name));
create table client (id varchar(36) not null, realm_id varchar(36), client_id varchar(255), not_before integer, secret bytea, constraint constraint_7 primary key (id), unique (realm_id, client_id));
alter table client add constraint fk_p56ctinxxb9gsk57fo49f9tac foreign key (realm_id) references realm;
alter table realm add constraint fk_traf444kk6qrkms7n56aiwq5y foreign key (master_admin_client) references client;
create table client_attributes (client_id varchar(36) not null references client, name varchar(255) not null, value text, primary key (client_id, name));
create table redirect_uris (client_id varchar(36) not null references client, value varchar(255) not null, primary key (client_id, value));
create table document (id bigint not null primary key, dtype varchar(31) not null, content oid, created timestamp);
