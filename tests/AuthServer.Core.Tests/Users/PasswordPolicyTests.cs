using AuthServer.Core.Users;

namespace AuthServer.Core.Tests.Users;

/// <summary>ASVS 6.2, NIST SP 800-63B-4 §3.1.1.2.</summary>
public sealed class PasswordPolicyTests
{
    private static readonly PasswordContext Ada = new("Ada.Lovelace@example.com", "lovelace", "Acme Corp");

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("        x")]
    [InlineData("пароль-длинный")]
    [InlineData("密码密码一二三四")]
    [InlineData("kR7qzu2m")]
    [InlineData("lovelace writes programs")]
    public void An_uncommon_password_is_accepted(string password) =>
        Assert.Null(PasswordPolicy.Check(password, Ada));

    [Theory]
    [InlineData("kR7qzu2")]
    [InlineData("")]
    [InlineData("😀😁😂🤣😃😄😅")]
    public void Less_than_8_characters_are_too_few(string password) =>
        Assert.Equal(PasswordProblem.TooShort, PasswordPolicy.Check(password, Ada));

    [Fact]
    public void A_character_outside_the_basic_plane_counts_once() =>
        Assert.Null(PasswordPolicy.Check("😀😁😂🤣😃😄😅😆", Ada));

    [Fact]
    public void The_limit_is_1024_bytes()
    {
        Assert.Null(PasswordPolicy.Check(new string('ä', 511) + "xy", Ada));
        Assert.Equal(PasswordProblem.TooLong, PasswordPolicy.Check(new string('ä', 511) + "xyz", Ada));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord1")]
    [InlineData("qwertyuiop")]
    [InlineData("iloveyou")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("12345678")]
    [InlineData("0987654321")]
    [InlineData("abcdefgh")]
    [InlineData("HGFEDCBA")]
    public void A_common_password_or_a_trivial_pattern_is_refused(string password) =>
        Assert.Equal(PasswordProblem.Common, PasswordPolicy.Check(password, Ada));

    [Theory]
    [InlineData("ada.lovelace@example.com")]
    [InlineData("Ada.Lovelace")]
    [InlineData("lovelace99")]
    [InlineData("2030lovelace!")]
    [InlineData("acme corp")]
    [InlineData("AcmeCorp123")]
    [InlineData("authserver")]
    [InlineData("AuthServer2030")]
    public void A_word_about_the_person_or_the_place_is_refused(string password) =>
        Assert.Equal(PasswordProblem.Personal, PasswordPolicy.Check(password, Ada));

    [Fact]
    public void Invalid_Unicode_is_refused() =>
        Assert.Equal(PasswordProblem.NotText, PasswordPolicy.Check("long enough \ud800 but broken", Ada));
}
