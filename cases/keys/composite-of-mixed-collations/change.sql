update t set v = 'new' where a = 'x' and b = 'Y' and c = 'u';
update t set b = 'Z' where a = 'X' and b = 'z' and c = 'U';
update t set a = 'moved' where a = 'ä' and b = 'ö' and c = ' ';
