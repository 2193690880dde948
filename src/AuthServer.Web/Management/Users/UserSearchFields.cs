using System.Linq.Expressions;
using AuthServer.Core.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Users;

/// <summary>What of a user can be searched and sorted by: an allow-list, in which no hash and no metadata is.</summary>
internal static class UserSearchFields
{
    private static readonly Dictionary<string, Expression<Func<User, string?>>> Texts = new(StringComparer.Ordinal)
    {
        ["user_id"] = u => u.UserId,
        ["email"] = u => u.NormalizedEmail,
        ["name"] = u => u.Name,
        ["nickname"] = u => u.Nickname,
        ["username"] = u => u.Username,
        ["given_name"] = u => u.GivenName,
        ["family_name"] = u => u.FamilyName,
        ["phone_number"] = u => u.PhoneNumber,
    };

    private static readonly Dictionary<string, Expression<Func<User, bool>>> Flags = new(StringComparer.Ordinal)
    {
        ["email_verified"] = u => u.EmailVerified,
        ["blocked"] = u => u.Blocked,
    };

    private static readonly Dictionary<string, Func<string, Expression<Func<User, bool>>>> OfIdentities = new(
        StringComparer.Ordinal)
    {
        ["identities.connection"] = value => u => u.Identities.Any(i => i.Connection == value),
        ["identities.provider"] = value => u => u.Identities.Any(i => i.Provider == value),
        ["identities.user_id"] = value => u => u.Identities.Any(i => i.ProviderUserId == value),
    };

    private static readonly Dictionary<string, Expression<Func<User, object?>>> Sorts = new(StringComparer.Ordinal)
    {
        ["created_at"] = u => u.CreatedAt,
        ["updated_at"] = u => u.UpdatedAt,
        ["last_login"] = u => u.LastLogin,
        ["logins_count"] = u => u.LoginsCount,
        ["email"] = u => u.NormalizedEmail,
        ["name"] = u => u.Name,
        ["nickname"] = u => u.Nickname,
        ["username"] = u => u.Username,
        ["user_id"] = u => u.UserId,
    };

    /// <exception cref="FormatException">There is no such field, or it can't be compared so.</exception>
    public static Expression<Func<User, bool>> Predicate(LuceneTerm term)
    {
        var (field, value, prefix) = term;
        if (term.Until is not null)
            throw new FormatException($"No range for {field}");
        if (field == "_exists_")
            return Texts.TryGetValue(value, out var known)
                ? Predicates.On(known, text => text != null)
                : throw Unknown(value);
        if (Flags.TryGetValue(field, out var flag))
            return (value, prefix) switch
            {
                ("true", false) => flag,
                ("false", false) => Predicates.Not(flag),
                _ => throw new FormatException($"{field} is true or false"),
            };
        if (OfIdentities.TryGetValue(field, out var ofIdentity))
            return prefix ? throw new FormatException($"No wildcard for {field}") : ofIdentity(value);
        if (!Texts.TryGetValue(field, out var text))
            throw Unknown(field);

        var sought = field == "email" ? LoginIdentifier.Normalize(value) : value;
        return prefix
            ? Predicates.On(text, stored => stored != null && stored.StartsWith(sought))
            : Predicates.On(text, stored => stored == sought);
    }

    /// <param name="users">The users.</param>
    /// <param name="sort"><c>field:1</c> or <c>field:-1</c>; null for the oldest first.</param>
    /// <exception cref="FormatException">There is no such order.</exception>
    public static IOrderedQueryable<User> Sort(IQueryable<User> users, string? sort)
    {
        if ((sort ?? "created_at:1").Split(':') is not [var field, "1" or "-1"] parts
            || !Sorts.TryGetValue(field, out var key))
            throw new FormatException($"sort must be field:1 or field:-1, of {string.Join(", ", Sorts.Keys)}");
        return (parts[1] == "1" ? users.OrderBy(key) : users.OrderByDescending(key)).ThenBy(u => u.UserId);
    }

    private static FormatException Unknown(string field) => new($"Can't search by {field}");
}
