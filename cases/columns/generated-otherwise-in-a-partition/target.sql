create table source_only_1 partition of source_only for values from (0) to (100);
create table target_only_1 partition of target_only (b generated always as (a * 3) stored) for values from (0) to (100);
