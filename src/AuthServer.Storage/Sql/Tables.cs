using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Storage.Sql;

/// <summary>The tables that statements are written for, read off the one model.</summary>
internal sealed class Tables
{
    private readonly IModel model;

    public Tables(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        model = scope.ServiceProvider.GetRequiredService<AuthDbContext>().Model;
        (Authorizations, Tokens) = (Of<Authorization>(), Of<Token>());
        (Users, UserIdentities, Sessions) = (Of<User>(), Of<UserIdentity>(), Of<Session>());
        (Clients, ConnectionClients, LogEvents) = (Of<Client>(), Of<ConnectionClient>(), Of<LogEvent>());
        SignedInByHash = new(
            $"""
             SELECT {Sessions.Columns("s")}, {Users.Columns("u")}
             FROM sessions s JOIN users u ON u.user_id = s.user_id
             WHERE s.hash = $1
             """);
    }

    public Table<Authorization> Authorizations { get; }

    public Table<Token> Tokens { get; }

    public Table<User> Users { get; }

    public Table<UserIdentity> UserIdentities { get; }

    public Table<Session> Sessions { get; }

    public Table<Client> Clients { get; }

    public Table<ConnectionClient> ConnectionClients { get; }

    public Table<LogEvent> LogEvents { get; }

    /// <summary>The session of a cookie by its hash, with the user.</summary>
    public Statement SignedInByHash { get; }

    /// <summary>Reads an authorization whose columns are followed by those of its user, or by nulls.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The place of the first column of the authorization.</param>
    public Authorization ReadWithUser(IRow row, int first = 0)
    {
        var authorization = Authorizations.Read(row, first);
        var user = first + Authorizations.Count;
        authorization.User = row.IsNull(user) ? null : Users.Read(row, user);
        return authorization;
    }

    private Table<T> Of<T>()
        where T : class =>
        new(
            model.FindEntityType(typeof(T))
                ?? throw new InvalidOperationException($"{typeof(T).Name} is not in the model."));
}
