using System.Linq.Expressions;
using System.Text;
using AuthServer.Core.Users;

namespace AuthServer.Web.Management.Users;

/// <summary>
/// The part of Lucene's language that <c>q</c> understands (contract D.0): <c>field:value</c>, phrases, a trailing <c>*</c>,
/// <c>_exists_</c>, AND, OR, NOT and parentheses. One pass, without regular expressions, and bounded (security.md C13.4).
/// </summary>
internal sealed class UserSearch
{
    private const int Longest = 1_000;
    private const int MostTerms = 25;
    private const int Deepest = 8;

    private readonly string text;
    private int at;
    private int terms;

    private UserSearch(string text) => this.text = text;

    /// <exception cref="FormatException">The text is no such query; the message says why.</exception>
    public static Expression<Func<User, bool>> Parse(string text)
    {
        if (text.Length > Longest)
            throw new FormatException($"q is longer than {Longest} characters");
        var search = new UserSearch(text);
        var parsed = search.Either(depth: 0);
        return search.AtEnd() ? parsed : throw new FormatException($"Unexpected text at position {search.at}");
    }

    private Expression<Func<User, bool>> Either(int depth)
    {
        var left = Both(depth);
        while (Word("OR"))
            left = Predicates.Or(left, Both(depth));
        return left;
    }

    private Expression<Func<User, bool>> Both(int depth)
    {
        var left = One(depth);
        while (Word("AND"))
            left = Predicates.And(left, One(depth));
        return left;
    }

    private Expression<Func<User, bool>> One(int depth)
    {
        if (depth > Deepest)
            throw new FormatException("q nests too deep");
        if (Word("NOT"))
            return Predicates.Not(One(depth + 1));
        if (!Symbol('('))
            return Term();
        var inner = Either(depth + 1);
        return Symbol(')') ? inner : throw new FormatException("A parenthesis is not closed");
    }

    private Expression<Func<User, bool>> Term()
    {
        if (++terms > MostTerms)
            throw new FormatException($"q has more than {MostTerms} terms");
        SkipSpaces();
        var colon = text.AsSpan(at).IndexOfAnyExcept(UserSearchFields.NameCharacters) is >= 0 and var length ? at + length : text.Length;
        if (colon >= text.Length || text[colon] != ':' || colon == at)
            throw new FormatException($"Expected field:value at position {at}");
        var field = text[at..colon];
        at = colon + 1;
        var (value, prefix) = Symbol('"', skipSpaces: false) ? (Phrase(), false) : Bare();
        return UserSearchFields.Predicate(field, value, prefix);
    }

    private string Phrase()
    {
        var phrase = new StringBuilder();
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && ++at == text.Length)
                break;
            phrase.Append(text[at]);
        }

        return at++ < text.Length ? phrase.ToString() : throw new FormatException("A phrase is not closed");
    }

    private (string Value, bool Prefix) Bare()
    {
        var value = new StringBuilder();
        for (; at < text.Length && text[at] is not (' ' or ')' or '('); at++)
        {
            if (text[at] == '*')
            {
                at++;
                return AtBoundary() ? (value.ToString(), true) : throw new FormatException("A wildcard may stand at the end alone");
            }

            if (text[at] is '"' or '?' or '[' or ']' or '{' or '}' or '~' or '^' or '/')
                throw new FormatException($"The character {text[at]} is not supported at position {at}; put the value between quotes");
            if (text[at] == '\\' && ++at == text.Length)
                break;
            value.Append(text[at]);
        }

        return value.Length > 0 ? (value.ToString(), false) : throw new FormatException("A value is missing");
    }

    private bool AtBoundary() => at == text.Length || text[at] is ' ' or ')';

    private bool AtEnd()
    {
        SkipSpaces();
        return at == text.Length;
    }

    private bool Word(string word)
    {
        SkipSpaces();
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0 || at + word.Length >= text.Length || text[at + word.Length] is not (' ' or '('))
            return false;
        at += word.Length;
        return true;
    }

    private bool Symbol(char symbol, bool skipSpaces = true)
    {
        if (skipSpaces)
            SkipSpaces();
        if (at >= text.Length || text[at] != symbol)
            return false;
        at++;
        return true;
    }

    private void SkipSpaces()
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }
}
