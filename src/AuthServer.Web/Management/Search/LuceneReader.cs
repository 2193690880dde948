using System.Text;

namespace AuthServer.Web.Management.Search;

/// <summary>Reads the tokens of a query, from its first character to its last.</summary>
internal sealed class LuceneReader(string text)
{
    /// <summary>Characters that have a meaning for Lucene in the middle of a word, and none here.</summary>
    private const string Unsupported = "\"[]{}^~?";

    private static readonly string[] Operators = ["AND", "OR", "NOT", "&&", "||"];

    /// <summary>Index of the next character.</summary>
    public int Position { get; private set; }

    private bool IsAtEnd => Position == text.Length;

    public Exception Error(string reason) => SearchErrors.At(Position, reason);

    /// <returns>Whether nothing but spaces was left.</returns>
    public bool TakeEnd()
    {
        SkipSpaces();
        return IsAtEnd;
    }

    /// <summary>Whether the next token begins with the character.</summary>
    public bool Has(char character)
    {
        SkipSpaces();
        return !IsAtEnd && text[Position] == character;
    }

    public bool Take(char character)
    {
        if (!Has(character))
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes an operator, in one of its spellings.</summary>
    public bool TakeOperator(params string[] spellings)
    {
        if (Array.Find(spellings, HasOperator) is not { } found)
            return false;
        Position += found.Length;
        return true;
    }

    /// <summary>A word, its escapes resolved, cut where a <c>*</c> stood.</summary>
    /// <param name="isTerm">The word begins a term: it may be the name of a field, which a colon ends.</param>
    public IReadOnlyList<string> Word(bool isTerm)
    {
        SkipSpaces();
        if (Array.Find(Operators, HasOperator) is { } misplaced)
            throw Error($"{misplaced} needs a term on each side");
        if (IsAtEnd || EndsWord(isTerm) || (isTerm && IsSign))
            throw Error("a term is missing");
        if (text[Position] == '/')
            throw Error("regular expressions are not supported; write \\/ for the character");
        var literals = new List<string>();
        var literal = new StringBuilder();
        for (; !IsAtEnd && !EndsWord(isTerm); Position++)
        {
            if (Unsupported.Contains(text[Position], StringComparison.Ordinal))
                throw Error($"{text[Position]} is not supported; put the value in quotes or a \\ in front");
            if (text[Position] == '*')
            {
                literals.Add(literal.ToString());
                literal.Clear();
            }
            else
            {
                literal.Append(Character());
            }
        }

        return [.. literals, literal.ToString()];
    }

    /// <summary>A text in double quotes.</summary>
    public string Phrase()
    {
        var start = Position++;
        var phrase = new StringBuilder();
        for (; !IsAtEnd && text[Position] != '"'; Position++)
            phrase.Append(Character());
        return Take('"') ? phrase.ToString() : throw SearchErrors.At(start, "the phrase is not closed");
    }

    /// <summary>
    /// <c>[a TO b]</c> with its bounds, <c>{a TO b}</c> without; brackets may differ, <c>*</c> is open.
    /// </summary>
    public SearchCondition Range()
    {
        var start = Position;
        var fromInclusive = text[Position++] == '[';
        var from = Bound();
        if (!TakeOperator("TO"))
            throw SearchErrors.At(start, "a range is written [a TO b] or {a TO b}");
        var to = Bound();
        var toInclusive = Take(']');
        if (!toInclusive && !Take('}'))
            throw SearchErrors.At(start, "the range is not closed");
        return (from, to) is (null, null)
            ? new SearchCondition.Exists()
            : new SearchCondition.Range(Of(from, fromInclusive), Of(to, toInclusive));

        static SearchBound? Of(string? bound, bool inclusive) => bound is null ? null : new(bound, inclusive);
    }

    private string? Bound()
    {
        if (Has('"'))
            return Phrase();
        var bound = new StringBuilder();
        for (var start = Position; !IsAtEnd && !IsSpace && text[Position] is not (']' or '}'); Position++)
        {
            if (text[Position] == '*' && Position == start && IsOpen(Position + 1))
            {
                Position++;
                return null;
            }

            bound.Append(Character());
        }

        return bound.Length > 0 ? bound.ToString() : throw Error("a bound of the range is missing");
    }

    private bool IsOpen(int next) => next == text.Length || char.IsWhiteSpace(text[next]) || text[next] is ']' or '}';

    /// <summary>The character, or the one that a backslash stands before.</summary>
    private char Character()
    {
        if (text[Position] == '\\' && ++Position == text.Length)
            throw Error("the query ends with a backslash");
        return text[Position];
    }

    private bool IsSpace => char.IsWhiteSpace(text[Position]);

    private bool IsSign => text[Position] is '+' or '-' or '!';

    private bool EndsWord(bool isTerm) => IsSpace || text[Position] is '(' or ')' || (isTerm && text[Position] == ':');

    private bool HasOperator(string name)
    {
        SkipSpaces();
        return string.CompareOrdinal(text, Position, name, 0, name.Length) == 0
            && (!char.IsLetter(name[0]) || IsBoundary(Position + name.Length));
    }

    private bool IsBoundary(int index) =>
        index == text.Length || char.IsWhiteSpace(text[index]) || text[index] is '(' or ')' or '"';

    private void SkipSpaces()
    {
        while (!IsAtEnd && IsSpace)
            Position++;
    }
}
