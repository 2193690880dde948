namespace AuthServer.Web.Management.Search;

/// <summary>
/// The part of Lucene's query language that Auth0's searches have. NOT binds closer than AND, AND closer than OR, and
/// a space between terms is OR. In a list without operators <c>+</c> marks terms that must match and <c>-</c>,
/// <c>!</c> or NOT those that must not, as in Lucene.
/// </summary>
internal sealed class LuceneParser
{
    private const int MaxTerms = 50;
    private const int MaxDepth = 8;
    private const string Existence = "_exists_";

    private readonly LuceneReader reader;
    private int terms;

    private LuceneParser(string text) => reader = new LuceneReader(text);

    /// <summary>Reads a query. What is not one is refused with the reason and the place.</summary>
    public static SearchExpression Parse(string text)
    {
        var parser = new LuceneParser(text);
        var parsed = parser.Clauses(field: null, depth: 0);
        return parser.reader.TakeEnd() ? parsed : throw parser.reader.Error("the ) closes nothing");
    }

    private SearchExpression Clauses(string? field, int depth)
    {
        if (depth > MaxDepth)
            throw reader.Error($"groups nest deeper than {MaxDepth}");
        var clauses = new List<Clause> { Conjunction(field, depth) };
        while (!reader.TakeEnd() && !reader.Has(')'))
        {
            var isAlternative = reader.TakeOperator("OR", "||");
            clauses[^1] = clauses[^1] with { IsAlternative = clauses[^1].IsAlternative || isAlternative };
            clauses.Add(Conjunction(field, depth) with { IsAlternative = isAlternative });
        }

        return Combine(clauses);
    }

    private Clause Conjunction(string? field, int depth)
    {
        var operands = new List<Clause> { Modified(field, depth) };
        while (reader.TakeOperator("AND", "&&"))
            operands.Add(Modified(field, depth));
        if (operands is [var only])
            return only;
        var all = new SearchExpression.And([.. operands.Select(operand => operand.Expression)]);
        return new Clause(all, Occurrence.Optional);
    }

    private Clause Modified(string? field, int depth)
    {
        var occurrence = reader.Take('+') ? Occurrence.Required
            : reader.Take('-') || reader.Take('!') || reader.TakeOperator("NOT") ? Occurrence.Prohibited
            : Occurrence.Optional;
        return new Clause(Operand(field, depth), occurrence);
    }

    private SearchExpression Operand(string? field, int depth)
    {
        if (reader.Has('('))
            return Group(field, depth);
        var position = reader.Position;
        if (++terms > MaxTerms)
            throw reader.Error($"more than {MaxTerms} terms");
        if (reader.Has('"') || reader.Has('[') || reader.Has('{'))
            return new SearchTerm(field, Value(field), position);
        var word = reader.Word(isTerm: true);
        if (!reader.Take(':'))
            return new SearchTerm(field, OfWord(word), position);
        return word switch
        {
            [Existence] => Exists(Name(reader.Word(isTerm: false), position)),
            ["", ""] when Value(field: null) is SearchCondition.Exists => Exists(null),
            _ when reader.Has('(') => Group(Name(word, position), depth),
            _ => new SearchTerm(Name(word, position), Value(Name(word, position)), position),
        };

        SearchTerm Exists(string? name) => new(name, new SearchCondition.Exists(), position);
    }

    private SearchExpression Group(string? field, int depth)
    {
        var start = reader.Position;
        reader.Take('(');
        var inner = Clauses(field, depth + 1);
        return reader.Take(')') ? inner : throw SearchErrors.At(start, "the ( is not closed");
    }

    private SearchCondition Value(string? field)
    {
        if (reader.Has('"'))
            return new SearchCondition.Exact(reader.Phrase());
        if (reader.Has('>') || reader.Has('<'))
            throw reader.Error($"a range is written {field}:[a TO b], {field}:{{a TO *]");
        if (reader.Has('[') || reader.Has('{'))
            return field is null ? throw reader.Error("a range needs a field") : reader.Range();
        return OfWord(reader.Word(isTerm: false));
    }

    private static SearchCondition OfWord(IReadOnlyList<string> literals) => literals switch
    {
        [var text] => new SearchCondition.Exact(text),
        _ when literals.All(literal => literal.Length == 0) => new SearchCondition.Exists(),
        _ => new SearchCondition.Wildcard(literals),
    };

    private static string Name(IReadOnlyList<string> word, int position) =>
        word is [{ Length: > 0 } name] ? name : throw SearchErrors.At(position, "the name of a field has no *");

    private static SearchExpression Combine(IReadOnlyList<Clause> clauses)
    {
        var optional = clauses.Where(clause => clause.IsOptional).Select(clause => clause.Expression).ToList();
        var all = clauses.Where(clause => !clause.IsOptional).Select(clause => clause.Expression).ToList();
        if (optional.Count > 0 && !clauses.Any(clause => clause.Occurrence == Occurrence.Required))
            all.Insert(0, optional is [var one] ? one : new SearchExpression.Or(optional));
        return all is [var only] ? only : new SearchExpression.And(all);
    }

    private enum Occurrence
    {
        Optional,
        Required,
        Prohibited,
    }

    /// <summary>A part of a list.</summary>
    /// <param name="Operand">The part without its sign.</param>
    /// <param name="Occurrence">Its sign.</param>
    private sealed record Clause(SearchExpression Operand, Occurrence Occurrence)
    {
        /// <summary>OR stands beside it, so that its sign is about itself and not about the list.</summary>
        public bool IsAlternative { get; init; }

        public bool IsOptional =>
            Occurrence == Occurrence.Optional || (Occurrence == Occurrence.Prohibited && IsAlternative);

        public SearchExpression Expression =>
            Occurrence == Occurrence.Prohibited ? new SearchExpression.Not(Operand) : Operand;
    }
}
