insert into databasechangelog values ('1', 'ann', 'a.xml', '2024-01-01', 1, 'EXECUTED', '8:d41d', null), ('2', 'ann', 'a.xml', '2024-01-01', 2, 'EXECUTED', null, 'v1');
insert into databasechangeloglock values (1, false, null, null);
insert into flyway_schema_history values (1, '1', '<< Baseline >>', null, '2024-01-01', true);
