using System.Text.Json.Nodes;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Users;

internal static class UserList
{
    public static Task<IResult> SearchAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        AuthDbContext db,
        CancellationToken ct)
    {
        var users = db.Users.AsNoTracking().Include(u => u.Identities).AsQueryable();
        if (Query.Text(http, "connection") is { } connection)
            users = users.Where(u => u.Identities.Any(i => i.Connection == connection));
        try
        {
            if (Query.Text(http, "q") is { } q)
                users = users.Where(LuceneQuery<User>.Parse(q, UserSearchFields.Predicate));
            return paging.PageAsync(
                "users",
                UserSearchFields.Sort(users, Query.Text(http, "sort")),
                user => fields.Pick(UserModel.Wire.Write(user)),
                ct);
        }
        catch (FormatException unreadable)
        {
            throw Query.Bad(unreadable.Message);
        }
    }

    /// <summary>Exact, and always a bare array.</summary>
    public static async Task<IResult> ByEmailAsync(
        HttpContext http, Fields fields, AuthDbContext db, CancellationToken ct)
    {
        if (Query.Text(http, "email") is not { } email)
            return ManagementError.InvalidQuery("Missing required property: email");
        var normalized = LoginIdentifier.Normalize(email);
        var users = await db.Users.AsNoTracking().Include(u => u.Identities)
            .Where(u => u.NormalizedEmail == normalized).OrderBy(u => u.CreatedAt).Take(100).ToListAsync(ct);
        return Results.Json(new JsonArray([.. users.Select(user => fields.Pick(UserModel.Wire.Write(user)))]));
    }
}
