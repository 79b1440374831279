"""Made-up names from many origins."""

from random import Random

# given names; family names. Invented combinations: whoever shares one with a living person does so by chance.
ORIGINS = (
    (
        "Anneke Jan Willem Femke Sander Lotte Ruben Hanneke Daan Marijke Joost Saskia Bas Tineke",
        "Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Kuipers Postma Veenstra Hoekstra",
    ),
    (
        "Katrin Jonas Birgit Matthias Silke Uwe Anke Torsten Heike Lukas Gesa Florian Renate Henning",
        "Becker Vogt Lorenz Krüger Seidel Arnold Peters Brandt Winkler Franke Albrecht Horn Busch Thiele",
    ),
    (
        "Agnieszka Marek Ewa Piotr Katarzyna Andrzej Joanna Paweł Beata Krzysztof Zofia Michał Iwona Grzegorz",
        "Nowak Zieliński Wójcik Kamiński Lewandowski Dąbrowski Mazur Krawczyk Piotrowski Grabowski Pawlak Sikora Baran Duda",
    ),
    (
        "Carmen Javier Lucía Miguel Pilar Andrés Elena Sergio Marta Diego Inés Raúl Nuria Tomás",
        "García Romero Navarro Torres Vega Molina Ortega Delgado Castro Ibáñez Serrano Marín Lozano Prieto",
    ),
    (
        "Amina Kwame Ngozi Chidi Abena Yaw Folake Emeka Adwoa Kofi Ifeoma Tunde Efua Babatunde",
        "Mensah Okonkwo Boateng Adeyemi Asante Eze Owusu Balogun Danso Nwosu Acheampong Ogunleye Ansah Obi",
    ),
    (
        "Leyla Emre Ayşe Mehmet Zeynep Can Elif Burak Derya Kemal Selin Murat Nesrin Okan",
        "Yılmaz Demir Kaya Şahin Çelik Aydın Arslan Koç Polat Güneş Erdem Aksoy Tekin Uçar",
    ),
    (
        "Anjali Rahul Meera Vikram Lakshmi Arjun Divya Suresh Kavita Rohan Nandini Ashok Sunita Dev",
        "Sharma Iyer Patel Menon Reddy Banerjee Kulkarni Desai Pillai Joshi Bhat Chatterjee Rao Mehta",
    ),
    (
        "Mei Wei Lan Jun Xiu Hao Li-Na Bo Yan Feng Hui Qiang Ling Tao",
        "Chen Wang Liu Zhang Huang Lin Wu Xu Zhou Sun Ma Zhu Guo He",
    ),
    (
        "Layla Omar Yasmin Karim Salma Tariq Nadia Hassan Rania Youssef Dalia Ibrahim Huda Samir",
        "Mansour Khalil Saleh Nasser Aziz Rahman Hamdan Farouk Zaki Sabbagh Karam Qasim Darwish Bishara",
    ),
    (
        "Oksana Dmytro Iryna Andriy Olena Taras Natalia Bohdan Larysa Vasyl Halyna Roman Svitlana Yuriy",
        "Kovalenko Shevchuk Bondar Melnyk Tkachenko Moroz Lysenko Savchenko Kravets Rudenko Polishchuk Hnatiuk Marchenko Koval",
    ),
    (
        "Siobhan Gareth Moira Callum Bronwen Ewan Fiona Rhys Aileen Declan Catriona Owen Nuala Hamish",
        "Murphy Davies Campbell Byrne Evans Fraser Doyle Morgan Stewart Walsh Griffiths Kerr Nolan Ross",
    ),
    (
        "Linh Minh Thu Quang Hoa Duc Trang Nam Kim-Anh Long Phuong Khanh Bich Son",
        "Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ngo Duong Ly Dinh",
    ),
)
GIVEN = tuple(tuple(given.split()) for given, _ in ORIGINS)
FAMILY = tuple(tuple(family.split()) for _, family in ORIGINS)
# One name in five joins two origins, as in families of any town.
CROSSED = 0.2


class Names:
    """Hands out names. No name twice until most combinations are gone; then they repeat, as they do among 100,000 people."""

    def __init__(self, random: Random, taken: frozenset[str]) -> None:
        self._random = random
        self._taken = set(taken)

    def next(self) -> str:
        for _ in range(8):
            name = self._any()
            if name not in self._taken:
                break
        self._taken.add(name)
        return name

    def _any(self) -> str:
        origin = self._random.randrange(len(ORIGINS))
        other = self._random.randrange(len(ORIGINS)) if self._random.random() < CROSSED else origin
        return f"{self._random.choice(GIVEN[origin])} {self._random.choice(FAMILY[other])}"
