using System.Globalization;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Faults;

/// <summary>
/// Fills a store with users and as many events, an organization for each ten and an application for each hundred.
/// </summary>
internal static class ManyUsers
{
    private const int Batch = 500;
    private const int UsersOfOrganization = 10;
    private const int UsersOfApplication = 100;

    public static async Task FillAsync(Deployment deployment, int users)
    {
        await using var provider = deployment.OpenStore();
        for (var first = 0; first < users; first += Batch)
        {
            await using var scope = provider.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
            foreach (var number in Enumerable.Range(first, Batch))
                db.AddRange(NewUserOf(number), NewEventOf(number));
            db.AddRange(Enumerable.Range(first, Batch).Where(n => n % UsersOfApplication == 0).Select(NewClientOf));
            foreach (var number in Enumerable.Range(first, Batch).Where(n => n % UsersOfOrganization == 0))
                db.AddRange(NewOrganizationOf(number), NewMemberOf(number));
            await db.SaveChangesAsync();
            Report.Progress(deployment.Place.Name, first + Batch, users);

            // PostgreSQL of the tests does not gather statistics by itself, as others do.
            if (first + Batch >= users && deployment.Postgres is not null)
                await db.Database.ExecuteSqlRawAsync("ANALYZE");
        }
    }

    private static User NewUserOf(int number)
    {
        var user = NewUser.InDatabase(
            Connection.DefaultDatabase, $"user{number}@example.com", DateOf(number), IdOf(number));
        (user.GivenName, user.FamilyName) = ($"Given{number}", $"Family{number % 1000}");
        user.Name = $"{user.GivenName} {user.FamilyName}";
        user.LoginsCount = number % 5000;
        var plan = number % 4 == 0 ? "gold" : "free";
        user.AppMetadata = $$$"""{"plan":"{{{plan}}}","account":{"number":{{{number}}},"seats":5}}""";
        user.UserMetadata = $$"""{"code":"c{{number}}","lang":"en","tags":["a","b{{number % 10}}"]}""";
        return user;
    }

    private static LogEvent NewEventOf(int number) => new()
    {
        Date = DateOf(number),
        Type = number % 10 == 0 ? "f" : "s",
        UserId = $"auth0|{IdOf(number)}",
        ClientId = ClientIdOf(number - (number % UsersOfApplication)),
        Ip = $"192.0.2.{number % 250}",
    };

    private static Client NewClientOf(int number) => ClientDefaults.New(
        $"Application {number}", AppTypes.RegularWeb, authMethod: null, DateOf(number), ClientIdOf(number));

    private static Organization NewOrganizationOf(int number) => new()
    {
        Id = OrganizationIdOf(number),
        Name = $"organization-{number}",
        DisplayName = $"Organization {number}",
        CreatedAt = DateOf(number),
    };

    private static OrganizationMember NewMemberOf(int number) => new()
    {
        OrganizationId = OrganizationIdOf(number),
        UserId = $"auth0|{IdOf(number)}",
        CreatedAt = DateOf(number),
    };

    private static string ClientIdOf(int number) => $"application{number}";

    private static string OrganizationIdOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"org_{number:d16}");

    private static string IdOf(int number) => number.ToString("d24", CultureInfo.InvariantCulture);

    private static DateTimeOffset DateOf(int number) =>
        new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number);
}
