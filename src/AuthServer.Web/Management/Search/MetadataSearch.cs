using System.Linq.Expressions;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Storage.Users;

namespace AuthServer.Web.Management.Search;

/// <summary>Searches members of <c>app_metadata</c> and <c>user_metadata</c> by their paths.</summary>
internal static class MetadataSearch
{
    private const string AppMetadata = "app_metadata";
    private const string UserMetadata = "user_metadata";

    /// <returns>Null for a field of something else.</returns>
    public static SearchField<User>? Find(string field) =>
        IsIn(field, AppMetadata) || IsIn(field, UserMetadata) ? Of : null;

    private static bool IsIn(string field, string root) =>
        field == root || field.StartsWith(root + ".", StringComparison.Ordinal);

    private static Expression<Func<User, bool>> Of(SearchTerm term, AuthDbContext db)
    {
        var field = term.Field!;
        if (field.Length > UserSearchTerm.MaxFieldLength)
            throw term.Error($"the field is longer than {UserSearchTerm.MaxFieldLength} characters");
        var isBroad = term.Condition is SearchCondition.Wildcard or SearchCondition.Range;
        if (isBroad && IsIn(field, UserMetadata))
            throw term.Error($"{UserMetadata} has neither wildcards nor ranges");
        return UserSearch.Indexed(db, term.Condition switch
        {
            SearchCondition.Exact exact => Equal(field, exact.Text),
            SearchCondition.Exists => Exists(field),
            SearchCondition.Range range when IsNumeric(range) => Between(field, range),
            _ => Predicates.And(t => t.Field == field, Text(t => t.Value, TextCondition.Of(term, db))),
        });
    }

    /// <summary>A text, or a number in any spelling.</summary>
    private static Expression<Func<UserSearchTerm, bool>> Equal(string field, string text)
    {
        var number = UserSearchTerms.Canonical(text) ?? text;
        return term => term.Field == field && (term.Value == text || term.Value == number);
    }

    /// <summary>The member, or one below it.</summary>
    private static Expression<Func<UserSearchTerm, bool>> Exists(string field) =>
        Predicates.Or(term => term.Field == field, Text(term => term.Field, TextCondition.Prefix(field + ".")));

    private static Expression<Func<UserSearchTerm, bool>> Text(
        Expression<Func<UserSearchTerm, string?>> column, Expression<Func<string?, bool>> condition) =>
        Predicates.On(column, condition);

    private static bool IsNumeric(SearchCondition.Range range) =>
        new[] { range.From, range.To }.All(bound => bound is null || UserSearchTerms.NumberOf(bound.Text) is not null);

    private static Expression<Func<UserSearchTerm, bool>> Between(string field, SearchCondition.Range range)
    {
        var (from, to) = (NumberOf(range.From, double.MinValue), NumberOf(range.To, double.MaxValue));
        var (withFrom, withTo) = (range.From?.IsInclusive != false, range.To?.IsInclusive != false);
        return term => term.Field == field
            && (term.Number > from || (withFrom && term.Number == from))
            && (term.Number < to || (withTo && term.Number == to));
    }

    private static double NumberOf(SearchBound? bound, double open) =>
        bound is null ? open : UserSearchTerms.NumberOf(bound.Text)!.Value;
}
