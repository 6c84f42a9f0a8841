# SPDX-License-Identifier: GPL-2.0-only
# fish completion for racybits(1): commands and options are those of its own --help.

function __racybits_commands
    racybits --help 2>/dev/null | string replace -rf '^  ([a-z]+)  +(.*)$' '$1\t$2'
end

# The command on the line, if it is complete
function __racybits_command
    set -l words (commandline -opc)
    set -q words[2]; and echo $words[2]
end

function __racybits_no_command
    set -l words (commandline -opc)
    test (count $words) -lt 2
end

function __racybits_at_option
    not __racybits_no_command; and string match -q -- '-*' (commandline -ct)
end

# "--policy=lifetime|strict   split ..." -> a line for each value; "--all   report ..." -> one; "-k KDIR   the ..." -> one
function __racybits_options
    racybits (__racybits_command) --help 2>/dev/null | string replace -rf '^  (-.*)$' '$1' | while read -l line
        set -l long (string match -r '^(--[a-z-]+)(=([^ ]+))? +(.*)$' -- $line)
        # (groups that match nothing are left out)
        switch (count $long)
            case 0
                string replace -rf '^(-[a-zA-Z]) [A-Z/]+ +(.*)$' '$1\t$2' -- $line
            case 3
                printf '%s\t%s\n' $long[2] $long[3]
            case 5
                if string match -qr '^[a-z0-9]+([|][a-z0-9]+)+$' -- $long[4]
                    for value in (string split '|' -- $long[4])
                        printf '%s=%s\t%s\n' $long[2] $value $long[5]
                    end
                else
                    printf '%s=\t%s\n' $long[2] $long[5]
                end
        end
    end
end

complete -c racybits -f -n __racybits_no_command -a '(__racybits_commands)'
complete -c racybits -f -n __racybits_at_option -a '(__racybits_options)'
complete -c racybits -F -n 'not __racybits_no_command'
