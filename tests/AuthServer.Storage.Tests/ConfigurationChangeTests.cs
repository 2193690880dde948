using AuthServer.Core.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Storage.Tests;

/// <summary>The caches of the configuration are emptied when it was changed, and by nothing else.</summary>
public sealed class ConfigurationChangeTests(TestStore store) : IClassFixture<TestStore>
{
    [Fact]
    public async Task A_table_with_a_column_of_that_name_is_no_configuration() =>
        Assert.Equal(0, await NotificationsOfAsync(db =>
        {
            db.Add(new PasswordResetRequest
            {
                Id = Guid.CreateVersion7(TestStore.Now),
                Connections = ["Username-Password-Authentication"],
                Identifier = "ada@example.com",
                Language = "en",
                Issuer = "https://auth.example/",
                CreatedAt = TestStore.Now,
            });
            return db.SaveChangesAsync();
        }));

    [Fact]
    public async Task A_deletion_that_finds_nothing_changes_nothing() =>
        Assert.Equal(
            0, await NotificationsOfAsync(db => db.Clients.Where(c => c.ClientId == "none").ExecuteDeleteAsync()));

    [Fact]
    public async Task A_changed_client_is_a_change_by_a_statement_and_by_an_entity()
    {
        Assert.Equal(1, await NotificationsOfAsync(db =>
            db.Clients.ExecuteUpdateAsync(set => set.SetProperty(c => c.Description, "by a statement"))));
        Assert.Equal(1, await NotificationsOfAsync(async db =>
        {
            (await db.Clients.SingleAsync(c => c.ClientId == store.Client.ClientId)).Description = "by an entity";
            return await db.SaveChangesAsync();
        }));
    }

    private async Task<int> NotificationsOfAsync(Func<AuthDbContext, Task<int>> write)
    {
        var notifications = 0;
        store.Services.GetRequiredService<StoreChanges>().Subscribe(() => notifications++);
        await store.AskAsync(write);
        return notifications;
    }
}
