# SPDX-License-Identifier: GPL-2.0-only
# fish completion for racybits(1): commands and options are those of its own --help.

function __racybits_commands
    racybits --help 2>/dev/null | string replace -rf '^  ([a-z]+)  +(.*)$' '$1\t$2'
end

function __racybits_command
    set -l words (commandline -opc)
    set -q words[2]; and echo $words[2]
end

# "--policy=lifetime|strict   split ..." -> an option, and one line for each value
function __racybits_options
    set -l command (__racybits_command)
    racybits $command --help 2>/dev/null | while read -l line
        set -l part (string match -r '^(--[a-z-]+)(=([^ ]+))? +(.*)$' -- $line)
        if set -q part[1]
            set -l values (string match -r '^[a-z0-9]+(?:[|][a-z0-9]+)+$' -- "$part[4]")
            if set -q values[1]
                for value in (string split '|' -- $values[1])
                    printf '%s=%s\t%s\n' $part[2] $value $part[5]
                end
            else
                printf '%s%s\t%s\n' $part[2] (string match -q '=*' -- "$part[3]"; and echo =) $part[5]
            end
        else
            string replace -rf '^(-[a-zA-Z]) [A-Z]+ +(.*)$' '$1\t$2' -- $line
        end
    end
end

complete -c racybits -f -n 'test -z (__racybits_command)' -a '(__racybits_commands)'
complete -c racybits -n 'test -n (__racybits_command); and string match -q -- "-*" (commandline -ct)' -f -a '(__racybits_options)'
complete -c racybits -n 'test -n (__racybits_command)' -F
