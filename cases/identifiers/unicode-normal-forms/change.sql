update U&"caf\00E9" set U&"e\0301" = 'three';
delete from U&"cafe\0301" where id = U&'e\0301';
insert into "😀" values ('𝒳', null);
