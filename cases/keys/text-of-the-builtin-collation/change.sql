update t set v = 'x' where n = 7; update t set k = 'ß' where n = 8;
