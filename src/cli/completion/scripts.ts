export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/**
 * What a shell runs once to complete command lines of `rolewright`. Each hands the words over as they are, and evaluates
 * nothing: a command line that is being typed is not run by completing it.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of rolewright for bash.
_rolewright() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    COMPREPLY+=("$line")
  done < <(rolewright complete --breaks "$COMP_WORDBREAKS" -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _rolewright rolewright
`,
  zsh: `#compdef rolewright
# Completion of rolewright for zsh.
_rolewright() {
  local line
  local -a lines described
  lines=("\${(@f)$(rolewright complete -- "\${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  if [[ \${lines[1]} == ':files' ]]; then
    _files
    return
  fi
  for line in "\${(@)lines}"; do
    # What _describe takes is "word:what it is", a colon within the word behind a backslash.
    [[ -n $line ]] && described+=("\${\${line//:/\\:}/$'\\t'/:}")
  done
  _describe 'rolewright' described
}
if [[ \${funcstack[1]} == _rolewright ]]; then
  _rolewright "$@"
else
  compdef _rolewright rolewright
fi
`,
  fish: `# Completion of rolewright for fish.
function __rolewright
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l lines (rolewright complete -- $words[2..-1] "$typed" 2>/dev/null)
    if test "$lines[1]" = ':files'
        __fish_complete_path "$typed"
    else
        printf '%s\\n' $lines
    end
end
complete -c rolewright -f -a '(__rolewright)'
`,
};
