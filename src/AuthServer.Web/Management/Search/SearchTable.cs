using System.Linq.Expressions;
using AuthServer.Storage;

namespace AuthServer.Web.Management.Search;

/// <summary>What a term on a field asks of a row.</summary>
internal delegate Expression<Func<T, bool>> SearchField<T>(SearchTerm term, AuthDbContext db);

/// <summary>The fields of a resource that can be searched: an allow-list.</summary>
internal sealed class SearchTable<T>
{
    /// <summary>The fields by their names.</summary>
    public required IReadOnlyDictionary<string, SearchField<T>> Fields { get; init; }

    /// <summary>The fields of a term that names none.</summary>
    public required SearchField<T> Default { get; init; }

    /// <summary>The fields whose names a tenant chooses.</summary>
    public Func<string, SearchField<T>?> Custom { get; init; } = _ => null;

    /// <summary>The rows that a query finds. What can't be asked is refused.</summary>
    public Expression<Func<T, bool>> Predicate(string query, AuthDbContext db) => Of(LuceneParser.Parse(query), db);

    private Expression<Func<T, bool>> Of(SearchExpression expression, AuthDbContext db) => expression switch
    {
        SearchExpression.And and => and.Operands.Select(operand => Of(operand, db)).Aggregate(Predicates.And),
        SearchExpression.Or or => or.Operands.Select(operand => Of(operand, db)).Aggregate(Predicates.Or),
        SearchExpression.Not not => Predicates.Not(Of(not.Operand, db)),
        SearchTerm { Field: null, Condition: SearchCondition.Exists } => _ => true,
        SearchTerm { Field: null } term => Default(term, db),
        SearchTerm { Field: { } name } term => Find(name, term)(term, db),
        _ => throw new InvalidOperationException($"No such expression: {expression}"),
    };

    private SearchField<T> Find(string name, SearchTerm term) =>
        Fields.GetValueOrDefault(name) ?? Custom(name) ?? throw term.Error($"unknown field \"{name}\"");
}
