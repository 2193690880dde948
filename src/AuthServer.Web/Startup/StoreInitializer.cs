using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Resources;
using AuthServer.Core.Roles;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage;
using AuthServer.Storage.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Startup;

/// <summary>
/// Brings the store up to date, and fills an empty one: settings, keys, the Management API, a user database, and who
/// may use them (docs/requirements.md#the-first-start).
/// </summary>
public sealed class StoreInitializer(
    AuthDbContext db,
    IStoreProbe store,
    WriteSerializer writes,
    IKeyStore keys,
    ISecretBox box,
    IPasswordHashing passwords,
    IDataProtectionProvider protection,
    ServerOptions options,
    DataDirectory data,
    TimeProvider time)
{
    public const string CredentialsFile = "bootstrap.json";

    /// <summary>One node at a time: of several that meet an empty store, one fills it.</summary>
    /// <returns>The credentials to print once, or null when the store was not empty.</returns>
    /// <exception cref="StartupException">The database server can't be reached, would lose acknowledged changes, or was
    /// made by an earlier version.</exception>
    public async Task<BootstrapOptions?> PrepareAsync(CancellationToken ct)
    {
        try
        {
            return await BringUpToDateAsync(ct);
        }
        catch (Exception failure) when (StoreFailure.CauseOf(failure) is { } cause)
        {
            throw db.IsEmbedded
                ? data.Unusable(cause)
                : new StartupException(
                    $"The store at {db.Place} can't be used: {cause}. "
                    + "Check ConnectionStrings__Postgres, and that the database server runs.");
        }
    }

    private async Task<BootstrapOptions?> BringUpToDateAsync(CancellationToken ct)
    {
        await ExamineAsync(ct);
        if (await store.HasUnknownMigrationAsync(ct))
        {
            throw new StartupException(
                $"The store at {db.Place} was made by an earlier version, whose data this one cannot read. "
                + "Set AuthServer__DataDirectory (or the database) to an empty one, or start the earlier version.");
        }

        if (await store.IsReadyAsync(ct))
            return null;

        // A migration may take its time, and so may the node that is before us.
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        BootstrapOptions? created = null;
        await db.RunExclusiveAsync("first-run", async () =>
        {
            await db.Database.MigrateAsync(ct);
            await keys.EnsureAsync(time.GetUtcNow(), ct);
            created = await FillAsync(time.GetUtcNow(), ct);

            // The first key for cookies and handles, so that no two nodes make one each.
            protection.CreateProtector("first-run").Protect([]);
        }, ct);
        return created;
    }

    private async Task ExamineAsync(CancellationToken ct)
    {
        // The credentials are written into a store that was made before: where they are and it is not, something took
        // it away.
        if (db.IsMissing && File.Exists(data.File(CredentialsFile)))
            throw new StartupException(
                $"The store that belongs to {data.File(CredentialsFile)} is gone. Restore a backup "
                    + "(docs/operations.md), or delete that file to begin with an empty store.");
        if (await db.CheckIntegrityAsync(thorough: false, ct) is { } complaint)
            throw new StartupException(complaint);
    }

    private async Task<BootstrapOptions?> FillAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await writes.BeginAsync(db, ct);
        if (await db.TenantSettings.SingleOrDefaultAsync(ct) is { } known)
        {
            known.SubjectSaltSealed ??= NewSalt();
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
            return null;
        }

        var credentials = Credentials();
        db.Add(new TenantSettings { SubjectSaltSealed = NewSalt() });
        db.Add(new ResourceServer
        {
            Id = Guid.CreateVersion7(now),
            PublicId = OpaqueToken.Hex(24),
            DisplayName = "Auth0 Management API",
            Identifier = Issuer.ManagementApi,
            Scopes = [.. ManagementScopes.All.Select(scope => new ApiScope(scope, null))],
            IsSystem = true,
            CreatedAt = now,
        });
        var connection = new Connection
        {
            Id = "con_" + OpaqueToken.Alphanumeric(16),
            Name = Connection.DefaultDatabase,
            Strategy = Connection.DatabaseStrategy,
            Realms = [Connection.DefaultDatabase],
            Options = DatabaseOptions.Initial,
            CreatedAt = now,
        };
        db.Add(connection);
        AddMachineClient(credentials, connection, now);
        await AddAdministratorAsync(credentials, connection, now, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return credentials;
    }

    private byte[] NewSalt() => box.Seal(OpaqueToken.Bytes(32), TenantSettings.SubjectSaltPurpose);

    private BootstrapOptions Credentials()
    {
        var path = data.File(CredentialsFile);
        var given = options.Bootstrap;
        var credentials = new BootstrapOptions
        {
            ClientId = given.ClientId ?? OpaqueToken.Alphanumeric(32),
            ClientSecret = given.ClientSecret ?? OpaqueToken.Alphanumeric(64),
            AdminEmail = given.AdminEmail ?? "admin@example.com",
            AdminPassword = given.AdminPassword ?? OpaqueToken.Alphanumeric(24),
        };

        // Written before the store is filled: a start after a crash in between finds them and fills the store with the
        // same.
        var json = JsonSerializer.Serialize(credentials, JsonSerializerOptions.Web);
        if (!data.Use(() => PrivateFile.WriteNew(path, json))
            && data.Use(() => BootstrapOptions.Read(path)) is { } kept)
        {
            credentials.ClientId = given.ClientId ?? kept.ClientId;
            credentials.ClientSecret = given.ClientSecret ?? kept.ClientSecret;
            credentials.AdminEmail = given.AdminEmail ?? kept.AdminEmail;
            credentials.AdminPassword = given.AdminPassword ?? kept.AdminPassword;
        }

        return credentials;
    }

    private void AddMachineClient(BootstrapOptions credentials, Connection connection, DateTimeOffset now)
    {
        var client = new Client
        {
            Id = Guid.CreateVersion7(now),
            ClientId = credentials.ClientId!,
            Name = "Bootstrap (Management API)",
            AppType = AppTypes.NonInteractive,
            GrantTypes = ["client_credentials"],
            CreatedAt = now,
            UpdatedAt = now,
        };
        ClientSecrets.Set(client, new Core.Secret(credentials.ClientSecret!), box);
        db.Add(client);
        connection.Clients.Add(new ConnectionClient { ConnectionId = connection.Id, ClientId = client.ClientId });
        db.Add(new ClientGrant
        {
            Id = "cgr_" + OpaqueToken.Alphanumeric(16),
            ClientId = client.ClientId,
            Audience = Issuer.ManagementApi,
            Scope = Scopes.Of(ManagementScopes.All),
        });
    }

    private async Task AddAdministratorAsync(
        BootstrapOptions credentials, Connection connection, DateTimeOffset now, CancellationToken ct)
    {
        var user = NewUser.InDatabase(connection.Name, credentials.AdminEmail!, now);
        user.EmailVerified = true;
        db.Add(user);
        db.Add(NewUser.CredentialOf(user, await passwords.HashAsync(credentials.AdminPassword!, ct)));
        var administrator = DefaultRoles.Administrator(now);
        db.AddRange(administrator, DefaultRoles.Viewer(now));
        db.Add(new RoleMember { RoleId = administrator.Id, UserId = user.UserId });
    }
}
