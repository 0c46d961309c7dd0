update databasechangelog set md5sum = '9:d41d' where id = '1';
insert into databasechangelog values ('3', 'bob', 'b.xml', '2024-02-01', 3, 'RERAN', '9:1', null);
update databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'host (127.0.0.1)';
insert into flyway_schema_history values (2, null, 'repeatable', -5, default, false);
