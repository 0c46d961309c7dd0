create table databasechangelog (id varchar(255) not null, author varchar(255) not null, filename varchar(255) not null, dateexecuted timestamp not null, orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35), tag varchar(255));
create table databasechangeloglock (id int not null primary key, locked boolean not null, lockgranted timestamp, lockedby varchar(255));
create table flyway_schema_history (installed_rank integer not null constraint flyway_schema_history_pk primary key, version varchar(50), description varchar(200) not null, checksum integer, installed_on timestamp not null default now(), success boolean not null);
create index flyway_schema_history_s_idx on flyway_schema_history (success);
